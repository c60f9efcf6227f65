package bellframe.api;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// Writes the members of a structure as elements; an absent one is left out, an empty list is an empty element.
///
/// XML 1.0 cannot hold some characters, not even as references: most control characters, U+FFFE, U+FFFF and lone
/// surrogates. In their place stands U+FFFD, so that one odd value does not make a whole answer unreadable.
public final class XmlOutput {

    /// Writes what an element holds.
    @FunctionalInterface
    public interface ItemWriter<T> {
        void write(XmlOutput xml, T item) throws XMLStreamException;
    }

    /// Writes what the root element holds.
    @FunctionalInterface
    interface Content {
        void write(XmlOutput xml) throws XMLStreamException;
    }

    private static final String ITEM = "member";
    private static final Pattern UNHOLDABLE = Pattern.compile(
            "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");
    private static final String REPLACEMENT = "\uFFFD";
    private static final Pattern CARRIAGE_RETURN = Pattern.compile("\r");
    private static final String CARRIAGE_RETURN_REFERENCE = "#xD";

    private final XMLStreamWriter xml;

    private XmlOutput(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /// A whole document in UTF-8, all of it in one namespace.
    static byte[] document(String root, String namespace, Content content) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(namespace);
            content.write(new XmlOutput(xml));
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document in memory could not be written", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    public void string(String name, @Nullable String value) throws XMLStreamException {
        structure(name, value, XmlOutput::text);
    }

    public void value(String name, @Nullable WireValue value) throws XMLStreamException {
        string(name, value == null ? null : value.value());
    }

    public void integer(String name, @Nullable Integer value) throws XMLStreamException {
        string(name, value == null ? null : value.toString());
    }

    public void bool(String name, @Nullable Boolean value) throws XMLStreamException {
        string(name, value == null ? null : value.toString());
    }

    public void timestamp(String name, @Nullable Instant value) throws XMLStreamException {
        string(name, value == null ? null : Timestamps.isoSeconds(value));
    }

    public <T> void structure(String name, @Nullable T value, ItemWriter<T> writer) throws XMLStreamException {
        if (value != null) {
            xml.writeStartElement(name);
            writer.write(this, value);
            xml.writeEndElement();
        }
    }

    public <T> void list(String name, @Nullable List<T> list, ItemWriter<T> writer) throws XMLStreamException {
        if (list == null) {
            return;
        }
        xml.writeStartElement(name);
        for (T item : list) {
            structure(ITEM, item, writer);
        }
        xml.writeEndElement();
    }

    /// Writes the text of an element. A carriage return is written as a reference: readers make a line feed of a bare one.
    public void text(String text) throws XMLStreamException {
        String[] lines = CARRIAGE_RETURN.split(UNHOLDABLE.matcher(text).replaceAll(REPLACEMENT), -1);
        xml.writeCharacters(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            xml.writeEntityRef(CARRIAGE_RETURN_REFERENCE);
            xml.writeCharacters(lines[i]);
        }
    }
}
