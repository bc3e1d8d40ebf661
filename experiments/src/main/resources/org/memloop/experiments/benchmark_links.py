"""Measure one link with pyvisa-py, as often as asked.

Argument: a resource name. Prints the version first. Then, for each line on standard input, "trips N" or "block N", does N
queries or reads N blocks and prints the seconds that took, and the bytes of a block.
"""
import sys
import time
import pyvisa
import pyvisa_py

name = sys.argv[1]
manager = pyvisa.ResourceManager("@py")
instrument = manager.open_resource(name)
instrument.timeout = 10000
serial = name.startswith("ASRL")
if serial:
    instrument.baud_rate = 921600
    instrument.read_termination = "\r\n"
    instrument.write_termination = "\r\n"
elif name.endswith("SOCKET"):
    instrument.read_termination = "\n"
    instrument.write_termination = "\n"
    instrument.chunk_size = 1 << 16
print(pyvisa_py.__version__, flush=True)
question = "version" if serial else "*IDN?"
for line in sys.stdin:
    what, count = line.split()
    size = 0
    start = time.perf_counter()
    if what == "trips":
        for _ in range(int(count)):
            instrument.query(question)
    else:
        for _ in range(int(count)):
            size = len(instrument.query_binary_values(":WAV:DATA?", datatype="B", container=bytes))
    print(time.perf_counter() - start, size, flush=True)
