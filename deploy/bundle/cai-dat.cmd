@echo off
rem Cai Doi Chieu khong can mang: cai-dat.cmd [THU_MUC]
chcp 65001 >nul
setlocal
set "target=%~1"
if "%target%"=="" set "target=%USERPROFILE%\doichieu"
py -@PYTHON@ --version >nul 2>&1
if errorlevel 1 (
  echo Cần Python @PYTHON@, bản 64 bit, từ trang python.org; khi cài, chọn "py launcher".
  exit /b 2
)
py -@PYTHON@ -m venv "%target%" || exit /b 2
"%target%\Scripts\python.exe" -m pip install -q --disable-pip-version-check --no-index --find-links "%~dp0wheels" "doichieu[all]" || exit /b 1
echo Đã cài vào %target%.
echo Mở: "%target%\Scripts\doichieu.exe" open
echo Máy này đọc được gì: "%target%\Scripts\doichieu.exe" doctor
