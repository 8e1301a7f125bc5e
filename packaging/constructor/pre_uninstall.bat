@echo off
chcp 65001 >nul
"%PREFIX%\python.exe" "%PREFIX%\finish.py" remove "%PREFIX%"
exit 0
