package bellframe.policy;

import java.util.ArrayList;
import java.util.List;

/// An ARN with variables and wildcards, none of which reaches beyond its own part of the six.
///
/// @param parts the six parts; one alone, `*` or a variable, stands for a whole ARN
record ArnTemplate(List<Template> parts) implements Operand {

    /// `arn`, partition, service, region, account, resource; in the last one colons mean nothing.
    static final int PARTS = 6;

    private static final String PREFIX = "arn:";

    static ArnTemplate parse(Element arn, Dialect dialect) {
        List<String> parts = split(arn.text(), dialect);
        boolean isArn = parts.size() == PARTS && arn.text().startsWith(PREFIX);
        arn.require(isArn || isWhole(arn.text(), dialect), Element.excerpt(arn.text()) + " is no ARN of six parts");
        return new ArnTemplate(parts.stream().map(part -> Template.like(arn.withText(part), dialect)).toList());
    }

    /// Splits a text at its first five colons, leaving out those in variables.
    static List<String> split(String text, Dialect dialect) {
        var parts = new ArrayList<String>();
        int from = 0;
        int at = 0;
        while (at < text.length() && parts.size() < PARTS - 1) {
            int end = dialect.hasVariables() && Variable.startsAt(text, at) ? Variable.end(text, at) : at + 1;
            if (text.charAt(at) == ':') {
                parts.add(text.substring(from, at));
                from = end;
            }
            // A variable without an end reaches to the end of the text; it is refused where it is read.
            at = end < 0 ? text.length() : end;
        }
        parts.add(text.substring(from));
        return parts;
    }

    @Override
    public boolean matches(String value, PolicyContext context) {
        if (parts.size() == 1) {
            return isArn(value) && parts.getFirst().matches(value, context);
        }
        int from = 0;
        for (int i = 0; i < PARTS - 1; i++) {
            int colon = value.indexOf(':', from);
            if (colon < 0 || !parts.get(i).matches(value, from, colon, context)) {
                return false;
            }
            from = colon + 1;
        }
        return parts.getLast().matches(value, from, value.length(), context);
    }

    private static boolean isWhole(String text, Dialect dialect) {
        return text.equals("*")
                || (dialect.hasVariables() && Variable.startsAt(text, 0) && Variable.end(text, 0) == text.length());
    }

    private static boolean isArn(String value) {
        int colon = -1;
        for (int i = 0; i < PARTS - 1; i++) {
            colon = value.indexOf(':', colon + 1);
            if (colon < 0) {
                return false;
            }
        }
        return value.startsWith(PREFIX);
    }
}
