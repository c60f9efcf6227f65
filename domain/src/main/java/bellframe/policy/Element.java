package bellframe.policy;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// A part of a document, and where it stands, for refusals to say.
///
/// @param place such as `Statement 2, Condition, StringLike`
record Element(String place, Json json) {

    /// What the IAM API takes; the quotas are lower, and not this package's.
    private static final int CHARACTERS_MAX = 131_072;
    private static final int EXCERPT_CHARACTERS_MAX = 60;
    private static final String DOCUMENT = "Policy document";

    /// Reads a whole document.
    static Element parse(String text) {
        var unread = new Element(DOCUMENT, new Json.Text(text));
        unread.require(text.length() <= CHARACTERS_MAX, "has more than 131072 characters");
        unread.require(text.chars().allMatch(Element::isAscii), "has characters that are not ASCII");
        try {
            return new Element(DOCUMENT, Json.parse(text));
        } catch (Json.Malformed malformed) {
            throw unread.refused(String.valueOf(malformed.getMessage()));
        }
    }

    /// The string that this must be.
    String text() {
        return switch (json) {
            case Json.Text(String text) -> text;
            case Json.Bare _,Json.Null _,Json.Items _,Json.Members _ -> throw refused("must be a string");
        };
    }

    /// The same place with another text, such as a part of the one that stands there.
    Element withText(String text) {
        return new Element(place, new Json.Text(text));
    }

    /// The string that this must be, or the strings of an array.
    List<Element> texts() {
        List<Element> texts = oneOrMore();
        texts.forEach(Element::text);
        return texts;
    }

    /// Like [#texts()], of what may also be written without quotation marks: numbers, `true` and `false`.
    List<Element> textsOrBare() {
        return oneOrMore().stream().map(Element::quoted).toList();
    }

    /// The object that this must be, or the objects of an array, with their numbers in their places.
    List<Element> oneOrMoreNumbered() {
        var numbered = new ArrayList<Element>();
        for (Element one : oneOrMore()) {
            numbered.add(new Element(place + ' ' + (numbered.size() + 1), one.json));
        }
        return numbered;
    }

    /// The members of the object that this must be; at least one.
    SequencedMap<String, Element> members() {
        return switch (json) {
            case Json.Members(var members, var repeated) -> {
                require(!members.isEmpty(), "must not be empty");
                repeated.stream().findFirst().ifPresent(name -> {
                    throw refused("has " + excerpt(name) + " twice");
                });
                var elements = new LinkedHashMap<String, Element>();
                members.forEach((name, value) -> elements.put(name, new Element(placeOf(name), value)));
                yield elements;
            }
            case Json.Text _,Json.Bare _,Json.Null _,Json.Items _ -> throw refused("must be an object");
        };
    }

    Optional<Element> member(String name) {
        return Optional.ofNullable(members().get(name));
    }

    Element required(String name) {
        return member(name).orElseThrow(() -> refused("has no " + name));
    }

    /// Whichever of two members there is.
    Element oneOf(String name, String otherName) {
        Optional<Element> one = member(name);
        Optional<Element> other = member(otherName);
        require(one.isEmpty() || other.isEmpty(), "has both " + name + " and " + otherName);
        return one.or(() -> other).orElseThrow(() -> refused("has neither " + name + " nor " + otherName));
    }

    /// Refuses members of other names.
    void requireOnly(Set<String> names) {
        for (String name : members().keySet()) {
            require(names.contains(name), "has the unsupported element " + excerpt(name));
        }
    }

    void require(boolean wellFormed, String problem) {
        if (!wellFormed) {
            throw refused(problem);
        }
    }

    Refused refused(String problem) {
        return new Refused(Refusal.MALFORMED_POLICY_DOCUMENT, place + ": " + problem);
    }

    /// A text of the document as it may stand in a message: its beginning, in one line.
    static String excerpt(String text) {
        String start = text.length() <= EXCERPT_CHARACTERS_MAX
                ? text
                : text.substring(0, EXCERPT_CHARACTERS_MAX) + "...";
        var excerpt = new StringBuilder("'");
        start.chars().map(c -> c >= ' ' && c <= '~' ? c : '?').forEach(excerpt::appendCodePoint);
        return excerpt.append('\'').toString();
    }

    private List<Element> oneOrMore() {
        return switch (json) {
            case Json.Items(var items) -> {
                require(!items.isEmpty(), "must not be empty");
                yield items.stream().map(item -> new Element(place, item)).toList();
            }
            case Json.Text _,Json.Bare _,Json.Null _,Json.Members _ -> List.of(this);
        };
    }

    private Element quoted() {
        return switch (json) {
            case Json.Text _ -> this;
            case Json.Bare(String text) -> withText(text);
            case Json.Null _,Json.Items _,Json.Members _ -> throw refused("must be a string, a number or a Boolean");
        };
    }

    private String placeOf(String name) {
        return place.equals(DOCUMENT) ? name : place + ", " + excerpt(name).replace("'", "");
    }

    private static boolean isAscii(int character) {
        return character < 0x80;
    }
}
