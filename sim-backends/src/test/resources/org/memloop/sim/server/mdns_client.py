"""Listen for announcements with zeroconf for twenty seconds at most; arguments: the interface, the address of the instrument
to wait for. Prints what was found, other people's laboratories too."""
import sys
import time
from zeroconf import ServiceBrowser, Zeroconf

TYPES = ["_%s._tcp.local." % name for name in ("lxi", "http", "vxi-11", "scpi-raw", "hislip")]
found = {}


class Listener:
    def add_service(self, zeroconf, kind, name):
        info = zeroconf.get_service_info(kind, name, 3000)
        if info:
            text = " ".join("%s=%s" % (key.decode(), value.decode()) for key, value in info.properties.items()
                            if key != b"txtvers")
            found[name] = " ".join((name, info.parsed_addresses()[0], text))

    update_service = add_service

    def remove_service(self, zeroconf, kind, name):
        pass


zeroconf = Zeroconf(interfaces=[sys.argv[1]])
browser = ServiceBrowser(zeroconf, TYPES, Listener())
until = time.time() + 20
while sum(" %s " % sys.argv[2] in text for text in list(found.values())) < len(TYPES) and time.time() < until:
    time.sleep(0.1)
zeroconf.close()
print("\n".join(sorted(found.values())))
