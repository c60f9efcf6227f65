package bellframe.codegen;

import java.util.stream.Collectors;

/// Makes the enum of an enum shape.
final class EnumSource {

    private EnumSource() {
    }

    static String of(Main.Service service, Shape.Enumeration shape) {
        var source = new Source();
        source.line("/// The values of `%s`.", shape.name());
        source.open("public enum %s implements WireValue {", shape.javaName());
        source.line("%s;", shape.values().stream().map(EnumSource::constant).collect(Collectors.joining(", ")));
        source.blank();
        source.line("/// The constants by their value on the wire.");
        source.line("public static final EnumValues<%1$s> VALUES = EnumValues.of(values());", shape.javaName());
        source.blank();
        source.line("private final String value;");
        source.blank();
        source.open("%s(String value) {", shape.javaName());
        source.line("this.value = value;");
        source.close("}");
        source.blank();
        source.line("/// The constant that stands for a value on the wire.");
        source.open("public static Optional<%s> of(String value) {", shape.javaName());
        source.line("return VALUES.find(value);");
        source.close("}");
        source.blank();
        source.line("@Override");
        source.open("public String value() {");
        source.line("return value;");
        source.close("}");
        source.close("}");
        return source.inPackage(service.packageName());
    }

    private static String constant(String value) {
        return "%s(%s)".formatted(JavaNames.constant(value), JavaNames.literal(value));
    }
}
