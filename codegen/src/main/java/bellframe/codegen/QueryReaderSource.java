package bellframe.codegen;

import java.util.stream.Collectors;

/// Makes the class that reads inputs from form fields.
final class QueryReaderSource {

    private final String service;
    private final Model model;
    private final Source source = new Source();

    private QueryReaderSource(String service, Model model) {
        this.service = service;
        this.model = model;
    }

    static String of(Main.Service service, Model model) {
        var writer = new QueryReaderSource(service.name(), model);
        writer.writeClass();
        return writer.source.inPackage(service.packageName());
    }

    private void writeClass() {
        source.line("/// Reads the input of each operation; what breaks no constraint is left to [%sValidator].",
                service);
        source.open("final class %sReader {", service);
        source.blank();
        source.open("private %sReader() {", service);
        source.close("}");
        for (Shape shape : model.inputShapes()) {
            if (shape instanceof Shape.Structure structure) {
                writeMethod(structure);
            }
        }
        source.close("}");
    }

    private void writeMethod(Shape.Structure structure) {
        String name = JavaNames.component(structure.name());
        source.blank();
        if (model.isRequest(structure)) {
            source.open("static %s %s(QueryValue value) {", structure.name(), name);
        } else {
            source.open("private static @Nullable %s %s(QueryValue value) {", structure.name(), name);
            source.open("if (!value.isStructure()) {");
            source.line("return null;");
            source.close("}");
        }
        String arguments = structure.members()
                .stream()
                .map(member -> "\n        " + argument(member))
                .collect(Collectors.joining(","));
        source.line("return new %s(%s);", structure.name(), arguments);
        source.close("}");
    }

    private String argument(Shape.Member member) {
        if (member.location() != Shape.Location.BODY) {
            throw new IllegalArgumentException(member.name() + " is not in the form");
        }
        String value = value(member);
        return member.required()
                ? "value.required(%s, %s)".formatted(JavaNames.literal(member.wireName()), value)
                : value;
    }

    private String value(Shape.Member member) {
        String value = "value.member(%s)".formatted(JavaNames.literal(member.wireName()));
        return switch (model.shape(member.shape())) {
            case Shape.Text _ -> value + ".string()";
            case Shape.Enumeration enumeration -> "%s.oneOf(%s.VALUES)".formatted(value, enumeration.javaName());
            case Shape.Whole _ -> value + ".integer()";
            case Shape.Flag _ -> value + ".bool()";
            case Shape.Timestamp _ -> value + ".timestamp()";
            case Shape.Structure structure -> "%s(%s)".formatted(JavaNames.component(structure.name()), value);
            case Shape.ListOf list -> "%s.list(%s)".formatted(value, itemReader(list.item()));
            case Shape.MapOf map -> throw new IllegalArgumentException("no reader for maps such as " + map.name());
        };
    }

    private String itemReader(String shapeName) {
        return switch (model.shape(shapeName)) {
            case Shape.Text _ -> "QueryValue::string";
            case Shape.Structure structure -> "%sReader::%s".formatted(service, JavaNames.component(structure.name()));
            case Shape.Enumeration _,Shape.Whole _,Shape.Flag _,Shape.Timestamp _,Shape.ListOf _,Shape.MapOf _ ->
                throw new IllegalArgumentException("no reader for items of shape " + shapeName);
        };
    }
}
