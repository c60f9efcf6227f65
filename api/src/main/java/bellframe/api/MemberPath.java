package bellframe.api;

import org.jspecify.annotations.Nullable;

/// Where a value stands in an input: `Tags[2].Key`. It becomes text only when a message needs it.
public final class MemberPath {

    /// The input itself.
    public static final MemberPath ROOT = new MemberPath(null, "", -1);

    private final @Nullable MemberPath parent;
    private final String member;
    private final int index;

    private MemberPath(@Nullable MemberPath parent, String member, int index) {
        this.parent = parent;
        this.member = member;
        this.index = index;
    }

    public MemberPath member(String name) {
        return new MemberPath(this, name, -1);
    }

    public MemberPath item(int position) {
        return new MemberPath(this, "", position);
    }

    /// Checks a member of the structure at this path; an absent one breaks no rule.
    public <T> void check(String name, @Nullable T value, Rule<T> rule) {
        if (value != null) {
            rule.check(member(name), value);
        }
    }

    /// The value of a member that must be present.
    public <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw member(name).broken("is required");
        }
        return value;
    }

    /// The refusal of the value at this path.
    ///
    /// @param rule what is demanded: `length must be at most 128`
    InvalidInput broken(String rule) {
        return new InvalidInput(this + ": " + rule);
    }

    @Override
    public String toString() {
        if (parent == null) {
            return "";
        }
        if (index >= 0) {
            return "%s[%d]".formatted(parent, index);
        }
        return parent.parent == null ? member : parent + "." + member;
    }
}
