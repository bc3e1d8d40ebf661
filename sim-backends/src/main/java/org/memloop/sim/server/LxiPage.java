package org.memloop.sim.server;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.memloop.sim.instrument.Identity;

/**
 * Show an instrument on the web as LXI wants it: {@code /lxi/identification} for programs (LXI device specification
 * 10.2, schema InstrumentIdentification 1.0) and a small page for people.
 */
public final class LxiPage implements AutoCloseable {
    private static final String NAMESPACE = "http://www.lxistandard.org/InstrumentIdentification/1.0";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String IDENTIFICATION = "/lxi/identification";
    private static final String HEAD = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>%s %s</title>"
            + "<style>body{font:16px sans-serif;margin:3em}td{padding-right:2em}</style>";

    static {
        // read once, by the first server made: head and body of an answer are two writes, and Nagle holds the second back
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Identity identity;
    private final List<String> resources;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Serve from now on.
     *
     * @param identity the instrument's
     * @param resources VISA resource names under which it is reached
     * @param where address, and port or 0 for any that is free
     */
    LxiPage(Identity identity, List<String> resources, InetSocketAddress where) {
        this.identity = identity;
        this.resources = List.copyOf(resources);
        try {
            server = HttpServer.create(where, 0);
        } catch (IOException e) {
            threads.close();
            throw TcpListener.refused("the LXI page", where, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** {@return its port} */
    public int port() {
        return server.getAddress().getPort();
    }

    /** {@return its address on the web} */
    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port() + "/";
    }

    private void answer(HttpExchange request) throws IOException {
        try (request) {
            boolean reads = List.of("GET", "HEAD").contains(request.getRequestMethod());
            switch (request.getRequestURI().getPath()) {
                case IDENTIFICATION -> send(request, reads ? 200 : 405, "text/xml; charset=utf-8", identification());
                case "/" -> send(request, reads ? 200 : 405, "text/html; charset=utf-8", page());
                default -> send(request, 404, "text/plain; charset=utf-8", "There is / and " + IDENTIFICATION + "\n");
            }
        }
    }

    private static void send(HttpExchange request, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        request.getResponseHeaders().set("Content-Type", type);
        boolean head = request.getRequestMethod().equals("HEAD");
        request.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            request.getResponseBody().write(body);
        }
    }

    private String page() {
        StringBuilder rows = new StringBuilder();
        row(rows, "Maker", identity.maker());
        row(rows, "Model", identity.model());
        row(rows, "Serial number", identity.serial());
        row(rows, "Firmware", identity.firmware());
        resources.forEach(resource -> row(rows, "VISA resource", resource));
        return HEAD.formatted(escaped(identity.maker()), escaped(identity.model())) + "<h1>" + escaped(identity.model())
                + "</h1><p>This instrument is emulated.</p><table>" + rows + "</table><p><a href=\"" + IDENTIFICATION
                + "\">Identification for programs</a></p></html>\n";
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append("<tr><td>").append(name).append("</td><td>").append(escaped(value)).append("</td></tr>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private String identification() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("LXIDevice");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeNamespace("xsi", INSTANCE);
            xml.writeAttribute(INSTANCE, "schemaLocation",
                    NAMESPACE + " http://www.lxistandard.org/InstrumentIdentification/1.0/LXIIdentification.xsd");
            describe(xml);
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the identification could not be written", e);
        }
        return text.toString();
    }

    /** Writes the children in the order that the schema demands. */
    private void describe(XMLStreamWriter xml) throws XMLStreamException {
        element(xml, "Manufacturer", identity.maker());
        element(xml, "Model", identity.model());
        element(xml, "SerialNumber", identity.serial());
        element(xml, "FirmwareRevision", identity.firmware());
        element(xml, "ManufacturerDescription", identity.model() + ", emulated");
        element(xml, "HomepageURL", url());
        element(xml, "DriverURL", url());
        element(xml, "UserDescription", "an emulated instrument of a virtual laboratory");
        element(xml, "IdentificationURL", url() + IDENTIFICATION.substring(1));
        String host = server.getAddress().getAddress().getHostAddress();
        xml.writeStartElement("Interface");
        xml.writeAttribute(INSTANCE, "type", "NetworkInformation");
        xml.writeAttribute("InterfaceType", "LXI");
        for (String resource : resources) {
            element(xml, "InstrumentAddressString", resource);
        }
        element(xml, "Hostname", host);
        element(xml, "IPAddress", host);
        xml.writeEndElement();
        element(xml, "Domain", "0");
        element(xml, "LXIVersion", "1.5");
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    /** Stop serving. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }
}
