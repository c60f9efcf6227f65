package bellframe.codegen;

import java.util.List;
import java.util.stream.Collectors;

/// Makes the class that reads inputs from the parts of a request.
final class ReaderSource {

    private final String service;
    private final Model model;
    private final JavaTypes types;
    private final Source source = new Source();

    private ReaderSource(String service, Model model) {
        this.service = service;
        this.model = model;
        this.types = new JavaTypes(model);
    }

    static String of(Main.Service service, Model model) {
        var writer = new ReaderSource(service.name(), model);
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
        source.blank();
        if (model.isRequest(structure)) {
            writeRequestReader(structure);
        } else {
            writeStructureReader(structure);
        }
        source.close("}");
    }

    private void writeRequestReader(Shape.Structure structure) {
        source.open("static %s %s(Input input) {", structure.name(), JavaNames.component(structure.name()));
        List<Shape.Member> body = bodyMembers(structure);
        if (!body.isEmpty()) {
            writeLocals(body);
            source.open("try (JsonInput json = JsonInput.open(input.body())) {");
            writeMemberLoop(body);
            source.close("}");
        }
        writeReturn(structure, "MemberPath.ROOT");
    }

    private void writeStructureReader(Shape.Structure structure) {
        source.open("private static @Nullable %s %s(JsonInput json) {", structure.name(),
                JavaNames.component(structure.name()));
        source.open("if (json.isNull()) {");
        source.line("return null;");
        source.close("}");
        writeLocals(structure.members());
        source.line("json.enterObject();");
        writeMemberLoop(structure.members());
        writeReturn(structure, "json");
    }

    private static List<Shape.Member> bodyMembers(Shape.Structure structure) {
        return structure.members().stream().filter(member -> member.location() == Shape.Location.BODY).toList();
    }

    private void writeLocals(List<Shape.Member> members) {
        members.forEach(member -> source.line("%s %s = null;", types.nullable(member), member.javaName()));
    }

    private void writeMemberLoop(List<Shape.Member> members) {
        source.open("while (json.nextMember()) {");
        source.open("switch (json.member()) {");
        for (Shape.Member member : members) {
            source.line("case %s -> %s = %s;", JavaNames.literal(member.wireName()), member.javaName(),
                    jsonValue(model.shape(member.shape())));
        }
        source.line("default -> json.skip();");
        source.close("}");
        source.close("}");
    }

    private void writeReturn(Shape.Structure structure, String place) {
        String arguments = structure.members()
                .stream()
                .map(member -> "\n        " + required(member, place))
                .collect(Collectors.joining(","));
        source.line("return new %s(%s);", structure.name(), arguments);
    }

    private String required(Shape.Member member, String place) {
        String value = value(member);
        return member.required()
                ? "%s.required(%s, %s)".formatted(place, JavaNames.literal(member.name()), value)
                : value;
    }

    private String value(Shape.Member member) {
        return switch (member.location()) {
            case BODY -> member.javaName();
            case LABEL -> parameter("label", member);
            case QUERY -> parameter("query", member);
            case HEADER -> parameter("header", member);
        };
    }

    private String parameter(String place, Shape.Member member) {
        return "new Parameter(%s, input.%s(%s)).%s".formatted(JavaNames.literal(member.name()), place,
                JavaNames.literal(member.wireName()), parameterValue(model.shape(member.shape())));
    }

    private static String parameterValue(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> "string()";
            case Shape.Enumeration enumeration -> "oneOf(%s.VALUES)".formatted(enumeration.javaName());
            case Shape.Whole _ -> "integer()";
            case Shape.Timestamp _ -> "timestamp()";
            case Shape.Flag _,Shape.Structure _,Shape.ListOf _,Shape.MapOf _ ->
                throw new IllegalArgumentException("no reader for parameters of shape " + shape.name());
        };
    }

    private String jsonValue(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> "json.string()";
            case Shape.Enumeration enumeration -> "json.oneOf(%s.VALUES)".formatted(enumeration.javaName());
            case Shape.Whole _ -> "json.integer()";
            case Shape.Flag _ -> "json.bool()";
            case Shape.Timestamp _ -> "json.timestamp()";
            case Shape.Structure structure -> "%s(json)".formatted(JavaNames.component(structure.name()));
            case Shape.ListOf list -> "json.list(%s)".formatted(itemReader(list.item()));
            case Shape.MapOf map -> "json.map(%s)".formatted(itemReader(map.value()));
        };
    }

    private String itemReader(String shapeName) {
        return switch (model.shape(shapeName)) {
            case Shape.Text _ -> "JsonInput::string";
            case Shape.Structure structure -> "%sReader::%s".formatted(service, JavaNames.component(structure.name()));
            case Shape.Enumeration _,Shape.Whole _,Shape.Flag _,Shape.Timestamp _,Shape.ListOf _,Shape.MapOf _ ->
                throw new IllegalArgumentException("no reader for items of shape " + shapeName);
        };
    }
}
