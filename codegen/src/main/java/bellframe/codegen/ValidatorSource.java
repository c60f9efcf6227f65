package bellframe.codegen;

import java.util.Collection;
import java.util.Optional;

/// Makes the class that checks inputs against the constraints of the model.
final class ValidatorSource {

    private final String service;
    private final Model model;
    private final JavaTypes types;
    private final Source source = new Source();

    private ValidatorSource(String service, Model model) {
        this.service = service;
        this.model = model;
        this.types = new JavaTypes(model);
    }

    static String of(Main.Service service, Model model) {
        var writer = new ValidatorSource(service.name(), model);
        writer.writeClass();
        return writer.source.inPackage(service.packageName());
    }

    private void writeClass() {
        Collection<Shape> shapes = model.inputShapes();
        source.line("/// Checks the input of each operation: lengths, sizes, ranges and patterns.");
        source.open("final class %sValidator {", service);
        source.blank();
        shapes.forEach(this::writeRule);
        source.blank();
        source.open("private %sValidator() {", service);
        source.close("}");
        for (Shape shape : shapes) {
            if (shape instanceof Shape.Structure structure) {
                writeMethod(structure);
            }
        }
        source.close("}");
    }

    private void writeRule(Shape shape) {
        rule(shape).ifPresent(rule -> source.line("private static final Rule<%s> %s = %s;", types.boxed(shape),
                JavaNames.constant(shape.name()), rule));
    }

    /// The rule of a shape that is not a structure, if it has constraints.
    private Optional<String> rule(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text);
            case Shape.Whole whole -> when(whole.range().exist(),
                    "Rule.range(%s)".formatted(whole.range().asArguments("Integer.MIN_VALUE")));
            case Shape.ListOf list -> when(list.size().exist() || isChecked(list.item()),
                    "Rule.list(%s, %s)".formatted(list.size().asArguments("0"), reference(list.item())));
            case Shape.MapOf map -> when(map.size().exist() || isChecked(map.key()) || isChecked(map.value()),
                    "Rule.map(%s, %s, %s)".formatted(map.size().asArguments("0"), reference(map.key()),
                            reference(map.value())));
            case Shape.Structure _,Shape.Enumeration _,Shape.Flag _,Shape.Timestamp _ -> Optional.empty();
        };
    }

    private static Optional<String> text(Shape.Text text) {
        String length = text.length().asArguments("0");
        Optional<String> pattern = Optional.ofNullable(text.pattern()).flatMap(PatternTranslation::toJava);
        return pattern.isPresent()
                ? Optional.of("Rule.text(%s, %s)".formatted(length, JavaNames.literal(pattern.get())))
                : when(text.length().exist(), "Rule.text(%s)".formatted(length));
    }

    private static Optional<String> when(boolean condition, String rule) {
        return condition ? Optional.of(rule) : Optional.empty();
    }

    private boolean isChecked(String shapeName) {
        Shape shape = model.shape(shapeName);
        return shape instanceof Shape.Structure || rule(shape).isPresent();
    }

    /// How the rule of a shape is named in the generated class.
    private String reference(String shapeName) {
        if (!isChecked(shapeName)) {
            return "Rule.none()";
        }
        return model.shape(shapeName) instanceof Shape.Structure
                ? "%sValidator::%s".formatted(service, JavaNames.component(shapeName))
                : JavaNames.constant(shapeName);
    }

    private void writeMethod(Shape.Structure structure) {
        source.blank();
        source.open("static void %s(MemberPath at, %s shape) {", JavaNames.component(structure.name()),
                structure.name());
        for (Shape.Member member : structure.members()) {
            if (isChecked(member.shape())) {
                source.line("at.check(%s, shape.%s(), %s);", JavaNames.literal(member.name()), member.javaName(),
                        reference(member.shape()));
            }
        }
        source.close("}");
    }
}
