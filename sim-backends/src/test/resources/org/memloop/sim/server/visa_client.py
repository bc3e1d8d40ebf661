"""Talk to the instruments as any user of pyvisa would: identify, program a pulse, read a waveform, provoke an error.

Arguments: resource names of generator and oscilloscope. Prints one line for each thing it found. After "armed" it waits
for a line on standard input, by which time the trigger has come.
"""
import sys
import pyvisa

manager = pyvisa.ResourceManager("@py")
opened = []
for name in sys.argv[1:]:
    instrument = manager.open_resource(name)
    instrument.timeout = 10000
    if name.endswith("SOCKET"):
        instrument.read_termination = "\n"
        instrument.write_termination = "\n"
    opened.append(instrument)
generator, oscilloscope = opened

print("generator", generator.query("*IDN?").strip())
print("oscilloscope", oscilloscope.query("*IDN?").strip())

generator.write("*RST;*CLS")
generator.write(":PULS:WIDT1 600NS;:VOLT1:HIGH 0.9")
print("width", float(generator.query(":PULS:WIDT1?")), "high", float(generator.query(":VOLT1:HIGH?")))

oscilloscope.write("*RST;*CLS;:SYST:HEAD OFF")
oscilloscope.write(":TRIG:EDGE:SOUR AUX;:TRIG:LEV AUX,1.5;:TIM:REF LEFT;:TIM:RANG 1E-6;:ACQ:POIN 1000")
oscilloscope.write(":WAV:SOUR CHAN1;:WAV:FORM WORD;:WAV:BYT MSBF;:SING")
print("armed event", oscilloscope.query(":AER?").strip())
print("armed", flush=True)
sys.stdin.readline()
points = oscilloscope.query_binary_values(":WAV:DATA?", datatype="h", is_big_endian=True)
print("points", len(points))

generator.write(":NONSENSE 1")
print("error", generator.query(":SYST:ERR?").strip())
print("error", generator.query(":SYST:ERR?").strip())
