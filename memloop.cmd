@echo off
rem Start memloop from any folder: find a JDK, build when the sources are newer than the last build, run.
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_DIR=%~dp0"
set "HOME_DIR=%HOME_DIR:~0,-1%"
set "NEEDED=25"
set "JDK="

rem --- a JDK of version 25 or newer, judged by its file 'release' before anything of it is run ---
if defined MEMLOOP_JAVA_HOME (
    call :consider "%MEMLOOP_JAVA_HOME%"
    if not defined JDK (
        echo memloop: MEMLOOP_JAVA_HOME is "%MEMLOOP_JAVA_HOME%", which is not a JDK %NEEDED% or newer>&2
        exit /b 1
    )
)
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for /f "delims=" %%J in ('where java 2^>nul') do call :consider "%%~dpJ.."
for %%V in ("%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks" "%USERPROFILE%\.sdkman\candidates\java") do (
    for /d %%D in ("%%~V\*") do call :consider "%%~D"
)
if not defined JDK (
    echo memloop: no JDK %NEEDED% or newer found; install one, for example Temurin %NEEDED% from adoptium.net, or set MEMLOOP_JAVA_HOME to the folder of one>&2
    exit /b 1
)

rem --- build when there is no build or a source is newer than it ---
set "JAR=%HOME_DIR%\experiments\target\memloop.jar"
set "STAMP=%HOME_DIR%\experiments\target\memloop.stamp"
set "STALE=yes"
if exist "%JAR%" if exist "%STAMP%" call :compare
if "%STALE%"=="yes" (
    call :build
    if errorlevel 1 exit /b 1
)

"%JDK%\bin\java.exe" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -XX:+UseSerialGC -XX:ObjectAlignmentInBytes=64 "-Dmemloop.home=%HOME_DIR%" %MEMLOOP_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:consider
if defined JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=2 delims==" %%A in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do for /f "tokens=1 delims=.+-" %%B in ("%%~A") do if %%B GEQ %NEEDED% set "JDK=%~f1"
exit /b 0

:compare
powershell -NoProfile -Command "$s=(Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $h=$env:HOME_DIR; $f=@(Get-ChildItem -Path (Join-Path $h 'pom.xml'),(Join-Path $h '*\pom.xml')) + @(Get-ChildItem -Path (Join-Path $h '*\src\main') -Recurse); if ($f | Where-Object { $_.LastWriteTimeUtc -gt $s } | Select-Object -First 1) { exit 1 }"
if not errorlevel 1 set "STALE=no"
exit /b 0

:build
where mvn >nul 2>nul
if errorlevel 1 (
    echo memloop: has to be built first and needs Apache Maven 3.8 or newer for that ^(command mvn^); install it from maven.apache.org>&2
    exit /b 1
)
echo memloop: building ^(first use or after a change, about a minute^)...>&2
if not exist "%HOME_DIR%\experiments\target" mkdir "%HOME_DIR%\experiments\target"
type nul >"%STAMP%.new"
pushd "%HOME_DIR%"
set "JAVA_HOME=%JDK%"
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"
call mvn -q -B -Dstyle.color=never -DskipTests -Dformatter.skip package 1>&2
if errorlevel 1 (
    popd
    echo memloop: the build failed; the lines above say why>&2
    exit /b 1
)
popd
move /y "%STAMP%.new" "%STAMP%" >nul
exit /b 0
