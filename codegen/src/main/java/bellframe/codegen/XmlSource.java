package bellframe.codegen;

/// Makes the class that writes output structures as XML.
final class XmlSource {

    private final String service;
    private final Model model;
    private final Source source = new Source();

    private XmlSource(String service, Model model) {
        this.service = service;
        this.model = model;
    }

    static String of(Main.Service service, Model model) {
        var writer = new XmlSource(service.name(), model);
        writer.writeClass();
        return writer.source.inPackage(service.packageName());
    }

    private void writeClass() {
        source.line(
                "/// Writes the members of each structure of an output as XML elements; absent members are left out.");
        source.open("final class %sXml {", service);
        source.blank();
        source.open("private %sXml() {", service);
        source.close("}");
        model.outputStructures().forEach(this::writeMethod);
        source.close("}");
    }

    private void writeMethod(Shape.Structure structure) {
        source.blank();
        source.open("static void write(XmlOutput xml, %s shape) throws XMLStreamException {", structure.name());
        structure.members().forEach(this::writeMember);
        source.close("}");
    }

    private void writeMember(Shape.Member member) {
        String name = JavaNames.literal(member.wireName());
        String value = "shape.%s()".formatted(member.javaName());
        source.line("xml.%s;", switch (model.shape(member.shape())) {
            case Shape.Text _ -> "string(%s, %s)".formatted(name, value);
            case Shape.Enumeration _ -> "value(%s, %s)".formatted(name, value);
            case Shape.Whole _ -> "integer(%s, %s)".formatted(name, value);
            case Shape.Flag _ -> "bool(%s, %s)".formatted(name, value);
            case Shape.Timestamp _ -> "timestamp(%s, %s)".formatted(name, value);
            case Shape.Structure _ -> "structure(%s, %s, %sXml::write)".formatted(name, value, service);
            case Shape.ListOf list -> "list(%s, %s, %s)".formatted(name, value, itemWriter(list.item()));
            case Shape.MapOf map -> throw new IllegalArgumentException("no writer for maps such as " + map.name());
        });
    }

    /// What writes the content of one item of a list.
    private String itemWriter(String shapeName) {
        return switch (model.shape(shapeName)) {
            case Shape.Text _ -> "XmlOutput::text";
            case Shape.Structure _ -> "%sXml::write".formatted(service);
            case Shape.Enumeration _,Shape.Whole _,Shape.Flag _,Shape.Timestamp _,Shape.ListOf _,Shape.MapOf _ ->
                throw new IllegalArgumentException("no writer for items of shape " + shapeName);
        };
    }
}
