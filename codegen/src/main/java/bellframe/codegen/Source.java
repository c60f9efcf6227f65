package bellframe.codegen;

import com.google.errorprone.annotations.FormatMethod;

/// The text of a generated file, written line by line; keeps the indentation.
final class Source {

    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /// Writes a line, or several: each is indented.
    @FormatMethod
    Source line(String format, Object... arguments) {
        format.formatted(arguments)
                .lines()
                .forEach(line -> text.append(INDENT.repeat(depth)).append(line).append('\n'));
        return this;
    }

    Source blank() {
        text.append('\n');
        return this;
    }

    /// Writes a line and indents those after it.
    @FormatMethod
    Source open(String format, Object... arguments) {
        line(format, arguments);
        depth++;
        return this;
    }

    /// Ends what [#open] began.
    @FormatMethod
    Source close(String format, Object... arguments) {
        depth--;
        return line(format, arguments);
    }

    /// The whole file: package, the imports that the text needs, the text.
    String inPackage(String packageName) {
        var body = text.toString();
        var head = new StringBuilder("package ").append(packageName).append(";\n\n");
        String imports = Imports.of(body);
        if (!imports.isEmpty()) {
            head.append(imports).append('\n');
        }
        return head + body;
    }
}
