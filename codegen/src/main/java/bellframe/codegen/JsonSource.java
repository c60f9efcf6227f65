package bellframe.codegen;

/// Makes the class that writes output structures as JSON.
final class JsonSource {

    private final String service;
    private final Model model;
    private final Source source = new Source();

    private JsonSource(String service, Model model) {
        this.service = service;
        this.model = model;
    }

    static String of(Main.Service service, Model model) {
        var writer = new JsonSource(service.name(), model);
        writer.writeClass();
        return writer.source.inPackage(service.packageName());
    }

    private void writeClass() {
        source.line("/// Writes each structure of an output as a JSON object; absent members are left out.");
        source.open("public final class %sJson {", service);
        source.blank();
        source.open("private %sJson() {", service);
        source.close("}");
        model.outputStructures().forEach(this::writeMethod);
        source.close("}");
    }

    private void writeMethod(Shape.Structure structure) {
        source.blank();
        source.open(
                "public static void write(JsonGenerator json, TimestampFormat timestamps, %s shape) throws IOException {",
                structure.name());
        source.line("json.writeStartObject();");
        structure.members().forEach(this::writeMember);
        source.line("json.writeEndObject();");
        source.close("}");
    }

    private void writeMember(Shape.Member member) {
        String name = JavaNames.literal(member.wireName());
        String value = "shape.%s()".formatted(member.javaName());
        source.line("%s;", switch (model.shape(member.shape())) {
            case Shape.Text _ -> "JsonOutput.string(json, %s, %s)".formatted(name, value);
            case Shape.Enumeration _ -> "JsonOutput.value(json, %s, %s)".formatted(name, value);
            case Shape.Whole _ -> "JsonOutput.integer(json, %s, %s)".formatted(name, value);
            case Shape.Flag _ -> "JsonOutput.bool(json, %s, %s)".formatted(name, value);
            case Shape.Timestamp _ -> "JsonOutput.timestamp(json, timestamps, %s, %s)".formatted(name, value);
            case Shape.Structure _ ->
                "JsonOutput.structure(json, timestamps, %s, %s, %sJson::write)".formatted(name, value, service);
            case Shape.ListOf list ->
                "JsonOutput.list(json, timestamps, %s, %s, %s)".formatted(name, value, itemWriter(list.item()));
            case Shape.MapOf map ->
                "JsonOutput.map(json, timestamps, %s, %s, %s)".formatted(name, value, itemWriter(map.value()));
        });
    }

    /// What writes one item of a list or one value of a map.
    private String itemWriter(String shapeName) {
        return switch (model.shape(shapeName)) {
            case Shape.Text _ -> "JsonOutput::stringItem";
            case Shape.Structure _ -> "%sJson::write".formatted(service);
            case Shape.Enumeration _,Shape.Whole _,Shape.Flag _,Shape.Timestamp _,Shape.ListOf _,Shape.MapOf _ ->
                throw new IllegalArgumentException("no writer for items of shape " + shapeName);
        };
    }
}
