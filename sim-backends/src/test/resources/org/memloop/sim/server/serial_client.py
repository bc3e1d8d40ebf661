"""Type at the router's serial port as a person would, with pyserial; argument: the port. Prints what comes back."""
import sys
import serial

with serial.Serial(sys.argv[1], 921600, timeout=3) as port:
    for command, last in (("version", b"protocol"), ("status", b"damaged"), ("map 2 5 set", b"bits"), ("burn", b"unknown")):
        port.write(command.encode() + b"\r\n")
        lines = b""
        while last not in lines:
            line = port.readline()
            if not line:
                sys.exit("no answer to " + command)
            lines += line
        sys.stdout.write(lines.decode().replace("\r\n", "\n"))
