package bellframe.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A member of an input, or an item of a list, in a form of the AWS Query protocol.
///
/// A scalar is the text of the field with its name; what has parts is spread over fields whose names go on behind a dot:
/// `Tags.member.1.Key`. The reading methods answer null for what is absent. Fields that nobody asks for do not matter.
public final class QueryValue {

    /// Reads one item of a list; null if it is absent.
    @FunctionalInterface
    public interface ItemReader<T> {
        @Nullable
        T read(QueryValue value);
    }

    private static final String ITEM = "member";

    /// What stands behind a list's name: an index from 1, and perhaps the name of a part of the item.
    private static final Pattern INDEXED = Pattern.compile("member\\.([1-9][0-9]{0,5})(\\..*)?", Pattern.DOTALL);

    private final NavigableMap<String, String> fields;
    private final String name;
    private final MemberPath at;

    private QueryValue(NavigableMap<String, String> fields, String name, MemberPath at) {
        this.fields = fields;
        this.name = name;
        this.at = at;
    }

    /// The structure that is made of all fields.
    static QueryValue all(NavigableMap<String, String> fields) {
        return new QueryValue(fields, "", MemberPath.ROOT);
    }

    /// The member of this structure that has a name.
    public QueryValue member(String member) {
        return new QueryValue(fields, name.isEmpty() ? member : name + "." + member, at.member(member));
    }

    /// The value of a member of this structure, which must be there.
    public <T> T required(String member, @Nullable T value) {
        return at.required(member, value);
    }

    public @Nullable String string() {
        String text = text();
        if (text == null && !parts().isEmpty()) {
            throw at.broken("must be a single value");
        }
        return text;
    }

    public @Nullable Integer integer() {
        return parameter().integer();
    }

    public @Nullable Boolean bool() {
        return parameter().bool();
    }

    /// A moment as RFC 3339 or as seconds since 1970.
    public @Nullable Instant timestamp() {
        return parameter().timestamp();
    }

    public <E extends WireValue> @Nullable E oneOf(EnumValues<E> values) {
        return parameter().oneOf(values);
    }

    /// Whether a structure is here.
    public boolean isStructure() {
        return hasParts("must be a structure");
    }

    /// The items in the order of their indices, which may have gaps.
    public <T> @Nullable List<T> list(ItemReader<T> item) {
        if (!hasParts("must be a list")) {
            return null;
        }
        List<T> items = new ArrayList<>();
        for (int index : indices()) {
            var place = new QueryValue(fields, "%s.%s.%d".formatted(name, ITEM, index), at.item(items.size()));
            items.add(present(item.read(place)));
        }
        return items;
    }

    private static <T> T present(@Nullable T item) {
        if (item == null) {
            throw new IllegalStateException("a reader answered null for an item that is there");
        }
        return item;
    }

    private Parameter parameter() {
        return new Parameter(at.toString(), string());
    }

    /// Whether something is here that has parts or none of those it could have: clients write an empty list as `Tags=`.
    private boolean hasParts(String rule) {
        String text = text();
        if (text != null && !text.isEmpty()) {
            throw at.broken(rule);
        }
        return text != null || !parts().isEmpty();
    }

    private SortedSet<Integer> indices() {
        SortedSet<Integer> indices = new TreeSet<>();
        for (String part : parts().keySet()) {
            Matcher indexed = INDEXED.matcher(part.substring(name.length() + 1));
            if (!indexed.matches()) {
                throw at.broken("must be a list of fields member.1, member.2 and so on");
            }
            indices.add(Integer.valueOf(indexed.group(1)));
        }
        return indices;
    }

    private @Nullable String text() {
        return fields.get(name);
    }

    /// The fields whose names go on behind the dot; a slash is what follows a dot in the order of names.
    private SortedMap<String, String> parts() {
        return fields.subMap(name + ".", name + "/");
    }
}
