package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// What a general XML reader finds in an answer, as JSON whose scalars are all texts.
record XmlTree(ModelFile model) {

    static Element root(byte[] document) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(document)).getDocumentElement();
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            children.add((Element) child);
        }
        return children;
    }

    /// The value of a shape that an element holds.
    JsonNode read(String shapeName, Element element) {
        JsonNode shape = model.shape(shapeName);
        return switch (ModelFile.type(shape)) {
            case "structure" -> structure(shape, element);
            case "list" -> list(ModelFile.shapeOf(shape.get("member")), element);
            default -> Samples.JSON.textNode(element.getTextContent());
        };
    }

    private ObjectNode structure(JsonNode shape, Element element) {
        ObjectNode object = Samples.JSON.objectNode();
        for (Element member : children(element)) {
            String name = member.getLocalName();
            object.set(name, read(ModelFile.shapeOf(shape.get("members").get(name)), member));
        }
        return object;
    }

    private ArrayNode list(String item, Element element) {
        ArrayNode array = Samples.JSON.arrayNode();
        for (Element member : children(element)) {
            if (!member.getLocalName().equals("member")) {
                throw new AssertionError("an item called " + member.getLocalName());
            }
            array.add(read(item, member));
        }
        return array;
    }
}
