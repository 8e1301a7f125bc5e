@echo off
chcp 65001 >nul
"%PREFIX%\python.exe" "%PREFIX%\finish.py" install "%PREFIX%"
if errorlevel 1 exit 1
