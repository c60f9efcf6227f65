package bellframe.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the Action or Resource of a statement covers.
///
/// @param excludes whether it covers all that matches no template, as NotAction and NotResource do. A template with a
///        variable that has no value matches nothing, so there it excludes nothing.
record Selection(List<Template> templates, boolean excludes) {

    static final Selection ALL = new Selection(List.of(), true);

    private static final String ANYTHING = "*";
    private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9*?_-]+:[A-Za-z0-9*?_-]+");

    static Selection ofActions(Element statement, Dialect dialect) {
        Element element = statement.oneOf("Action", "NotAction");
        var templates = new ArrayList<Template>();
        for (Element action : element.texts()) {
            action.require(action.text().equals(ANYTHING) || ACTION.matcher(action.text()).matches(),
                    Element.excerpt(action.text()) + " is no action, such as chime:SendChannelMessage or chime:*");
            templates.add(Template.action(action, dialect));
        }
        return new Selection(List.copyOf(templates), statement.member("NotAction").isPresent());
    }

    static Selection ofResources(Element statement, Dialect dialect) {
        Element element = statement.oneOf("Resource", "NotResource");
        var templates = new ArrayList<Template>();
        for (Element resource : element.texts()) {
            requireResource(resource, dialect);
            templates.add(Template.like(resource, dialect));
        }
        return new Selection(List.copyOf(templates), statement.member("NotResource").isPresent());
    }

    boolean covers(String text, PolicyContext context) {
        for (Template template : templates) {
            if (template.matches(text, context)) {
                return !excludes;
            }
        }
        return excludes;
    }

    /// Refuses what can be no resource's ARN: in a statement that denies it would deny nothing.
    private static void requireResource(Element resource, Dialect dialect) {
        if (resource.text().equals(ANYTHING)) {
            return;
        }
        List<String> parts = ArnTemplate.split(resource.text(), dialect);
        boolean whole = parts.size() == ArnTemplate.PARTS;
        resource.require(parts.getFirst().equals("arn") && (whole || resource.text().contains("*")),
                Element.excerpt(resource.text()) + " is neither * nor an ARN");
        // The IAM User Guide: a variable may replace only what comes after the fifth colon.
        List<String> before = whole ? parts.subList(0, ArnTemplate.PARTS - 1) : parts;
        resource.require(before.stream().noneMatch(part -> Variable.isIn(part, dialect)),
                Element.excerpt(resource.text()) + " has a variable before the fifth colon");
    }
}
