package bellframe.codegen;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The types outside the generated packages that generated code uses.
final class Imports {

    private static final List<String> KNOWN = List.of(
            "bellframe.api.Call",
            "bellframe.api.EnumValues",
            "bellframe.api.Input",
            "bellframe.api.JsonInput",
            "bellframe.api.JsonOutput",
            "bellframe.api.MemberPath",
            "bellframe.api.Operation",
            "bellframe.api.Operation.FixedQuery",
            "bellframe.api.Operation.Resources",
            "bellframe.api.Parameter",
            "bellframe.api.QueryOperation",
            "bellframe.api.QueryService",
            "bellframe.api.QueryValue",
            "bellframe.api.Rule",
            "bellframe.api.TimestampFormat",
            "bellframe.api.WireValue",
            "bellframe.api.XmlOutput",
            "com.fasterxml.jackson.core.JsonGenerator",
            "java.io.IOException",
            "java.time.Instant",
            "java.util.Collections",
            "java.util.LinkedHashMap",
            "java.util.List",
            "java.util.Map",
            "java.util.Objects",
            "java.util.Optional",
            "javax.xml.stream.XMLStreamException",
            "org.jspecify.annotations.Nullable");

    private Imports() {
    }

    /// The import lines for a file's text.
    static String of(String text) {
        return KNOWN.stream()
                .filter(type -> uses(text, type.substring(type.lastIndexOf('.') + 1)))
                .map(type -> "import %s;\n".formatted(type))
                .collect(Collectors.joining());
    }

    /// Comments do not count, and neither does a word inside a string.
    private static boolean uses(String text, String simpleName) {
        return Pattern.compile("(?m)^(?! *///)[^\"\n]*\\b" + simpleName + "\\b").matcher(text).find();
    }
}
