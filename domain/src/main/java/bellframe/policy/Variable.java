package bellframe.policy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A policy variable: `${key}`, or `${key, 'fallback'}`.
///
/// @param fallback what stands for a key that the request does not have; null if nothing does
record Variable(ConditionKey key, @Nullable String fallback) {

    private static final String START = "${";
    private static final Pattern FORM = Pattern.compile("\\$\\{([^,']+)(?:, '([^']*)')?}");

    static boolean startsAt(String text, int at) {
        return text.startsWith(START, at);
    }

    static boolean isIn(String text, Dialect dialect) {
        return dialect.hasVariables() && text.contains(START);
    }

    /// Where a text goes on behind the variable that starts at `at`; -1 if that does not end. A brace within quotation
    /// marks is no end.
    static int end(String text, int at) {
        int brace = text.indexOf('}', at);
        int quote = text.indexOf('\'', at);
        if (quote < 0 || brace < quote) {
            return brace < 0 ? -1 : brace + 1;
        }
        int quotedEnd = text.indexOf("'}", quote + 1);
        return quotedEnd < 0 ? -1 : quotedEnd + 2;
    }

    /// Whether this stands for the one sign in it: where `*` would be a wildcard and `$` might begin a variable, these
    /// do not.
    static boolean isEscape(String variable) {
        return switch (variable) {
            case "${*}", "${?}", "${$}" -> true;
            default -> false;
        };
    }

    static Variable parse(Element variable, Dialect dialect) {
        Matcher form = FORM.matcher(variable.text());
        variable.require(form.matches(), Element.excerpt(variable.text()) + " is no variable");
        ConditionKey key = ConditionKey.parse(form.group(1), dialect)
                .filter(supported -> !supported.multivalued())
                .orElseThrow(() -> variable
                        .refused("has the unsupported variable " + Element.excerpt(variable.text())));
        return new Variable(key, form.group(2));
    }

    /// What the request puts in; null if it has nothing to put in, or several values.
    @Nullable
    String value(PolicyContext context) {
        List<String> values = context.values(key.name());
        return switch (values.size()) {
            case 0 -> fallback;
            case 1 -> values.getFirst();
            default -> null;
        };
    }
}
