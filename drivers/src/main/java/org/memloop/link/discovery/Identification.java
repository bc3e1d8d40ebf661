package org.memloop.link.discovery;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.memloop.bench.BenchException;
import org.memloop.link.Link;
import org.memloop.link.Links;
import org.memloop.link.MessageLink;

/** Ask an instrument who it is, and nothing else: {@code *IDN?}, or its LXI page (LXI device specification 10.2). */
final class Identification {
    private static final List<String> ELEMENTS = List.of("Manufacturer", "Model", "SerialNumber", "FirmwareRevision");
    private static final int PAGE_CHARS_MAX = 1 << 16;
    private static final int ANSWER_BYTES_MAX = 512;

    private Identification() {}

    /** {@return the answer to {@code *IDN?}; empty when there was none in time} */
    static String ask(Links links, String resource, long timeoutNanos) {
        try (Link link = links.open(resource)) {
            link.write("*IDN?\n".getBytes(StandardCharsets.US_ASCII));
            byte[] into = new byte[ANSWER_BYTES_MAX];
            int size = 0;
            long deadline = System.nanoTime() + timeoutNanos;
            while (size < into.length && !ends(into, size)) {
                size += link.read(into, size, into.length - size, Math.max(1, deadline - System.nanoTime()));
                if (link instanceof MessageLink message && message.ended()) {
                    break;
                }
            }
            String text = new String(into, 0, size, StandardCharsets.ISO_8859_1).strip();
            return text.chars().allMatch(c -> c >= ' ' && c < 127) ? text : "";
        } catch (BenchException _) {
            return "";
        }
    }

    private static boolean ends(byte[] bytes, int size) {
        return size > 0 && bytes[size - 1] == '\n';
    }

    /** {@return what an LXI page says of the instrument; empty when it says nothing in time} */
    static String page(String url, Duration timeout) {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "lxi/identification")).timeout(timeout)
                    .build();
            String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Map<String, String> values = elements(text.substring(0, Math.min(text.length(), PAGE_CHARS_MAX)));
            return values.containsKey("Model")
                    ? String.join(",", ELEMENTS.stream().map(name -> values.getOrDefault(name, "")).toList())
                    : "";
        } catch (IOException | XMLStreamException | IllegalArgumentException _) {
            return "";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Reads leniently: the first element of each name, wherever it stands. */
    private static Map<String, String> elements(String text) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Map<String, String> values = new HashMap<>();
        XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT && ELEMENTS.contains(xml.getLocalName())) {
                values.putIfAbsent(xml.getLocalName(), xml.getElementText().strip());
            }
        }
        return values;
    }
}
