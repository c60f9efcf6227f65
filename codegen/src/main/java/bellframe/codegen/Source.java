package bellframe.codegen;

import com.google.errorprone.annotations.FormatMethod;

/// The text of a generated file, written line by line; keeps the indentation.
final class Source {

    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    @FormatMethod
    Source line(String format, Object... arguments) {
        text.append(INDENT.repeat(depth)).append(format.formatted(arguments)).append('\n');
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

    /// Indents the next lines twice, as the rest of a statement.
    @FormatMethod
    Source openContinuation(String format, Object... arguments) {
        open(format, arguments);
        depth++;
        return this;
    }

    /// Writes the last line of what [#openContinuation] began.
    @FormatMethod
    Source closeContinuation(String format, Object... arguments) {
        line(format, arguments);
        depth -= 2;
        return this;
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
