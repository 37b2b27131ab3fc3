"""The page on which rows are judged: one file, one key a row, the judgements saved as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Chấm kết quả</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#222;background:#fff}
#bar{position:sticky;top:0;background:#fff;padding:.5rem 0;border-bottom:1px solid #999}
#place{color:#555}blockquote{white-space:pre-wrap;margin:1rem 0;padding:.5rem 1rem;border-left:4px solid #999}
mark{background:#ffe9a8}table{border-collapse:collapse}td{padding:.2rem .8rem .2rem 0;vertical-align:top}
.wrong{color:#a40000;font-weight:600;text-decoration:underline}button{font:inherit;padding:.2rem .8rem}
kbd{border:1px solid #999;border-radius:3px;padding:0 .3rem}
</style>
<div id="bar"><span id="count"></span> <button id="save">Lưu judgements.json</button>
<label> <input type="file" id="load" accept=".json"> mở điểm đã lưu</label></div>
<p><kbd>y</kbd> có thật, đúng · <kbd>n</kbd> không có thật · <kbd>u</kbd> không rõ · <kbd>1</kbd>…<kbd>9</kbd> cột sai
(ở bảng figures: số dòng bị bỏ sót) · <kbd>←</kbd> <kbd>→</kbd> đi lại</p>
<p id="place"></p><table id="facts"></table><blockquote id="quote"></blockquote><p id="said" role="status"></p>
<script type="application/json" id="data">@DATA@</script>
<script>
"use strict";
const data=JSON.parse(document.getElementById("data").textContent),items=data.items,fields=data.fields;
let at=0,said={};const el=id=>document.getElementById(id);
const words={right:"có thật",wrong:"không có thật",unsure:"không rõ"};
function show(){const item=items[at];if(!item)return;const own=said[item.key]||{wrong:[]};
el("count").textContent=`${at+1}/${items.length}, đã chấm ${Object.keys(said).length}`;
el("place").textContent=`${item.table} · ${item.document} · ${item.place}`;
const table=el("facts");table.replaceChildren();const names=[...fields[item.table]];
for(const name of Object.keys(item.facts))if(!names.includes(name))names.push(name);
names.forEach((name,i)=>{const row=table.insertRow();
row.insertCell().textContent=fields[item.table].includes(name)?i+1:"";
row.insertCell().textContent=name;const cell=row.insertCell();cell.textContent=item.facts[name]??"";
if(own.wrong.includes(name))row.className="wrong";});
const quote=el("quote");quote.replaceChildren(item.before);const mark=document.createElement("mark");
mark.textContent=item.quote;quote.append(mark,item.after);
el("said").textContent=own.verdict?words[own.verdict]+(own.missed?`, bỏ sót ${own.missed}`:""):"";}
function judge(change){const key=items[at].key;
said[key]=Object.assign({verdict:"right",wrong:[],missed:0},said[key],change);}
function go(step){at=Math.max(0,Math.min(items.length-1,at+step));show();}
document.addEventListener("keydown",event=>{if(event.ctrlKey||event.metaKey||event.altKey)return;
const item=items[at],key=event.key;
if(key==="y"){judge({verdict:"right"});go(1);}else if(key==="n"){judge({verdict:"wrong"});go(1);}
else if(key==="u"){judge({verdict:"unsure"});go(1);}else if(key==="ArrowRight")go(1);else if(key==="ArrowLeft")go(-1);
else if(/^[0-9]$/.test(key)){if(item.table==="figures")judge({missed:Number(key)});
else{const name=fields[item.table][Number(key)-1];if(!name)return;const own=(said[item.key]||{wrong:[]}).wrong;
judge({wrong:own.includes(name)?own.filter(x=>x!==name):[...own,name]});}show();}});
el("save").addEventListener("click",()=>{const tables={},found={};
for(const item of items)if(said[item.key]){tables[item.key]=item.table;
if(item.table==="figures")found[item.key]=item.facts.read?item.facts.read.split(" | ").length:0;}
const blob=new Blob([JSON.stringify({items:said,tables,found},null,1)],{type:"application/json"});
const link=document.createElement("a");link.href=URL.createObjectURL(blob);link.download="judgements.json";
link.click();});
el("load").addEventListener("change",async event=>{const file=event.target.files[0];if(!file)return;
said=JSON.parse(await file.text()).items||{};at=Math.max(0,items.findIndex(i=>!said[i.key]));show();});
show();
</script></html>
"""


def page(items: Sequence[Mapping[str, Any]], fields: Mapping[str, Sequence[str]]) -> str:
    """The page for ``items``; ``fields`` are the columns that are judged of each table.

    >>> "\\\\u003c/script" in page([{"key": "k", "quote": "</script>"}], {})
    True
    """
    data = json.dumps({"items": items, "fields": fields}, ensure_ascii=False).replace("<", "\\u003c")
    return _PAGE.replace("@DATA@", data)
