// What the pages do beyond forms and links: files dropped on a field, jobs that tell how far they are.
(function () {
  "use strict";
  function dress(field) {
    var input = field.querySelector("input[type=file]");
    var told = field.querySelector(".files");
    if (!input || field.dataset.dressed) return;
    field.dataset.dressed = "1";
    function tell() {
      if (told) told.textContent = Array.from(input.files).map(function (f) { return f.name; }).join(", ");
    }
    input.addEventListener("change", tell);
    ["dragenter", "dragover"].forEach(function (kind) {
      field.addEventListener(kind, function (event) { event.preventDefault(); field.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (kind) {
      field.addEventListener(kind, function () { field.classList.remove("over"); });
    });
    field.addEventListener("drop", function (event) {
      event.preventDefault();
      if (event.dataTransfer && event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
    });
    tell();
  }
  function follow(box) {
    if (box.dataset.followed) return;
    box.dataset.followed = "1";
    var source = new EventSource("/api/v1/jobs/" + encodeURIComponent(box.dataset.job) + "/progress");
    var text = box.querySelector("[data-text]");
    var bar = box.querySelector("progress");
    source.addEventListener("progress", function (event) {
      var job = JSON.parse(event.data);
      var p = job.progress || {};
      var words = box.dataset[job.status] || job.status;
      if (job.status === "running" && p.page) {
        words = box.dataset.page.replace("{n}", p.page).replace("{of}", p.pages);
        if (bar) { bar.max = p.pages; bar.value = p.page; }
      }
      if (text) text.textContent = words;
      if (job.status === "done" || job.status === "failed") {
        source.close();
        window.location.assign(box.dataset.next || window.location.href);
      }
    });
    source.addEventListener("end", function () { source.close(); });
  }
  function all(root) {
    root.querySelectorAll(".drop").forEach(dress);
    root.querySelectorAll("[data-job]").forEach(follow);
  }
  document.addEventListener("DOMContentLoaded", function () { all(document); });
  document.addEventListener("htmx:load", function (event) { all(event.target); });
  document.addEventListener("change", function (event) {
    var element = event.target;
    if (element.matches && element.matches("[data-submit]") && element.form) element.form.requestSubmit();
  });
})();
