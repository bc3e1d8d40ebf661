package org.memloop.report;

import java.awt.Graphics2D;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Write what is drawn as one SVG element, for a page or for a file of its own. */
final class SvgText {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final Pattern CLIP = Pattern.compile("\\bclipPath\\d+");
    private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{3,}");

    private SvgText() {}

    /**
     * Rounds to hundredths of a point. Clips get names that hang off the content: all pictures of a page share one space
     * of names.
     */
    static String of(Consumer<Graphics2D> drawing, int width, int height, String title) {
        String svg = LONG_NUMBER.matcher(drawn(drawing, width, height, title))
                .replaceAll(number -> new BigDecimal(number.group())
                        .setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString());
        String prefix = "clip" + Integer.toHexString(CLIP.matcher(svg).replaceAll("").hashCode()) + "-";
        List<String> clips = new ArrayList<>();
        return CLIP.matcher(svg).replaceAll(clip -> {
            if (!clips.contains(clip.group())) {
                clips.add(clip.group());
            }
            return prefix + clips.indexOf(clip.group());
        });
    }

    private static String drawn(Consumer<Graphics2D> drawing, int width, int height, String title) {
        try {
            Document document = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
            SVGGraphics2D graphics = new SVGGraphics2D(document);
            drawing.accept(graphics);
            Element root = graphics.getRoot();
            graphics.dispose();
            root.setAttribute("viewBox", viewBox(width, height));
            root.setAttribute("role", "img");
            root.setAttribute("aria-label", title);
            StringWriter text = new StringWriter();
            var transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.transform(new DOMSource(root), new StreamResult(text));
            return text.toString();
        } catch (ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException("this Java cannot write XML", e);
        }
    }

    /** Puts an image into an element of the same kind: thousands of cells as rectangles would make a heavy page. */
    static String picture(byte[] png, int width, int height, String title) {
        return "<svg xmlns=\"" + NAMESPACE + "\" viewBox=\"" + viewBox(width, height) + "\" role=\"img\" aria-label=\""
                + Html.escape(title) + "\"><image width=\"" + width + "\" height=\"" + height
                + "\" href=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png) + "\"/></svg>";
    }

    private static String viewBox(int width, int height) {
        return "0 0 " + width + " " + height;
    }
}
