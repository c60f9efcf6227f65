package bellframe.codegen;

import java.util.List;
import java.util.stream.Collectors;

/// Makes the record of a structure, with its builder.
final class RecordSource {

    private final Model model;
    private final JavaTypes types;
    private final Shape.Structure structure;
    private final Source source = new Source();

    private RecordSource(Model model, Shape.Structure structure) {
        this.model = model;
        this.types = new JavaTypes(model);
        this.structure = structure;
    }

    static String of(Main.Service service, Model model, Shape.Structure structure) {
        var writer = new RecordSource(model, structure);
        writer.writeRecord();
        return writer.source.inPackage(service.packageName());
    }

    private void writeRecord() {
        source.line("/// The structure `%s`.", structure.name());
        source.open("public record %s(%s) {", structure.name(), components());
        writeCopies();
        writeBuilderFactory();
        writeToString();
        writeBuilder();
        source.close("}");
    }

    private String components() {
        return structure.members()
                .stream()
                .map(member -> "\n        %s %s".formatted(types.component(member), member.javaName()))
                .collect(Collectors.joining(","));
    }

    /// Lists and maps are copied, so that the record cannot be changed from outside.
    private void writeCopies() {
        List<Shape.Member> containers = structure.members().stream().filter(this::isContainer).toList();
        if (containers.isEmpty()) {
            return;
        }
        source.blank();
        source.open("public %s {", structure.name());
        for (Shape.Member member : containers) {
            String copy = copy(member);
            String absent = member.required() ? "" : "%s == null ? null : ".formatted(member.javaName());
            source.line("%s = %s%s;", member.javaName(), absent, copy);
        }
        source.close("}");
    }

    private boolean isContainer(Shape.Member member) {
        Shape shape = model.shape(member.shape());
        return shape instanceof Shape.ListOf || shape instanceof Shape.MapOf;
    }

    private String copy(Shape.Member member) {
        return model.shape(member.shape()) instanceof Shape.MapOf
                ? "Collections.unmodifiableMap(new LinkedHashMap<>(%s))".formatted(member.javaName())
                : "List.copyOf(%s)".formatted(member.javaName());
    }

    private void writeBuilderFactory() {
        source.blank();
        source.open("public static Builder builder() {");
        source.line("return new Builder();");
        source.close("}");
    }

    private void writeToString() {
        if (structure.members().stream().noneMatch(this::isSensitive)) {
            return;
        }
        source.blank();
        source.line("/// Leaves out the values of sensitive members.");
        source.line("@Override");
        source.open("public String toString() {");
        String parts = structure.members()
                .stream()
                .map(this::described)
                .collect(Collectors.joining("\n        + \", "));
        source.line("return \"%s[%s\n        + ']';", structure.name(), parts);
        source.close("}");
    }

    private String described(Shape.Member member) {
        String name = member.javaName();
        return isSensitive(member) ? "%s=***\"".formatted(name) : "%1$s=\" + %1$s".formatted(name);
    }

    private boolean isSensitive(Shape.Member member) {
        return isSensitive(model.shape(member.shape()));
    }

    private boolean isSensitive(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text.sensitive();
            case Shape.ListOf list -> isSensitive(model.shape(list.item()));
            case Shape.MapOf map -> isSensitive(model.shape(map.key())) || isSensitive(model.shape(map.value()));
            // A structure leaves out its own.
            case Shape.Structure _,Shape.Enumeration _,Shape.Whole _,Shape.Flag _,Shape.Timestamp _ -> false;
        };
    }

    private void writeBuilder() {
        source.blank();
        source.line("/// Collects the members; those not set are absent.");
        source.open("public static final class Builder {");
        source.blank();
        if (!structure.members().isEmpty()) {
            structure.members()
                    .forEach(member -> source.line("private %s %s;", types.nullable(member), member.javaName()));
            source.blank();
        }
        source.open("private Builder() {");
        source.close("}");
        structure.members().forEach(this::writeSetter);
        source.blank();
        source.open("public %s build() {", structure.name());
        source.line("return new %s(%s);", structure.name(), built());
        source.close("}");
        source.close("}");
    }

    private void writeSetter(Shape.Member member) {
        source.blank();
        source.open("public Builder %1$s(%2$s %1$s) {", member.javaName(), types.nullable(member));
        source.line("this.%1$s = %1$s;", member.javaName());
        source.line("return this;");
        source.close("}");
    }

    private String built() {
        return structure.members()
                .stream()
                .map(member -> member.required()
                        ? "\n        Objects.requireNonNull(%s, \"%s\")".formatted(member.javaName(), member.name())
                        : "\n        " + member.javaName())
                .collect(Collectors.joining(","));
    }
}
