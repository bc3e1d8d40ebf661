"""Talk to analyzer and supplies as any user of pyvisa would: identify, program, measure, provoke an error and read it.

Arguments: resource names of a B1500A, an E36312A and an E3631A. Prints one line for each thing it found.
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
    print("idn", instrument.query("*IDN?").strip())
analyzer, lan_supply, gpib_supply = opened

for command in ("*RST", "FMT 1,1", "CN 1,2", "DV 2,0,3", "MM 2,1", "CMM 1,1", "RI 1,0", "WT 0,0.001,0.001", "WM 2,1",
                "WV 1,1,0,0,0.5,11,1E-3"):
    analyzer.write(command)
print("errors", analyzer.query("ERRX?").strip())
analyzer.write("XE")
if sys.argv[1].endswith("SOCKET"):  # nobody asks there: data come as they are
    data = analyzer.read()
    print("done", analyzer.query("*OPC?").strip())
else:
    print("done", analyzer.query("*OPC?").strip())
    data = analyzer.read()
items = data.strip().split(",")
print("items", len(items), items[-2][:3], items[-1][:3], round(float(items[-2][3:]) * 1e6), "uA at", float(items[-1][3:]), "V")
analyzer.write("DZ")
analyzer.write("FLY 1")
print("error", analyzer.query("ERRX?").strip())
print("error", analyzer.query("ERRX?").strip())

lan_supply.write("*RST;*CLS")
lan_supply.write("VOLT 5,(@1);:CURR 0.1,(@1);:OUTP ON,(@1)")
print("volts", round(float(lan_supply.query("MEAS:VOLT? (@1)")), 1))
lan_supply.write("VOLT 99,(@1)")
print("error", lan_supply.query("SYST:ERR?").strip()[:4])
print("error", lan_supply.query("SYST:ERR?").strip())

gpib_supply.write("*RST;*CLS")
gpib_supply.write("APPL P6V,1.2,0.1;:OUTP ON")
print("applied", gpib_supply.query("APPL? P6V").strip())
print("volts", round(float(gpib_supply.query("MEAS:VOLT? P6V")), 1))
gpib_supply.write("NONSENSE 1")
print("error", gpib_supply.query("SYST:ERR?").strip()[:4])
