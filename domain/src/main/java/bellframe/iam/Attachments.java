package bellframe.iam;

import bellframe.policy.PolicyDocument;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What users and roles carry: tags and inline policies, each in the order of their names.
public final class Attachments {

    static final Attachments NONE = new Attachments(Map.of(), Map.of());

    private final NavigableMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final NavigableMap<String, PolicyDocument> policies;

    public Attachments(Map<String, String> tags, Map<String, PolicyDocument> policies) {
        this.tags.putAll(tags);
        this.policies = new TreeMap<>(policies);
    }

    /// The tags by key, which may be asked for in any case, as IAM has it.
    public NavigableMap<String, String> tags() {
        return Collections.unmodifiableNavigableMap(tags);
    }

    /// The policies by name.
    public NavigableMap<String, PolicyDocument> policies() {
        return Collections.unmodifiableNavigableMap(policies);
    }

    /// A key in another case is the same key, and is shown as it was given last.
    Attachments withTags(Map<String, String> added) {
        Attachments changed = withoutTags(added.keySet());
        changed.tags.putAll(added);
        return changed;
    }

    Attachments withoutTags(Collection<String> keys) {
        var changed = new Attachments(tags, policies);
        keys.forEach(changed.tags::remove);
        return changed;
    }

    Attachments withPolicy(String name, PolicyDocument policy) {
        var changed = new Attachments(tags, policies);
        changed.policies.put(name, policy);
        return changed;
    }

    /// @throws Refused with [Refusal#NO_SUCH_ENTITY] if there is no such policy
    Attachments withoutPolicy(String name) {
        requirePolicy(name);
        var changed = new Attachments(tags, policies);
        changed.policies.remove(name);
        return changed;
    }

    /// The policy of this name.
    ///
    /// @throws Refused with [Refusal#NO_SUCH_ENTITY]
    PolicyDocument requirePolicy(String name) {
        PolicyDocument policy = policies.get(name);
        if (policy == null) {
            throw new Refused(Refusal.NO_SUCH_ENTITY, "The policy with name " + name + " cannot be found.");
        }
        return policy;
    }

    /// The characters of all policies that count towards their limit: white space does not.
    int policyCharacters() {
        return policies.values().stream().mapToInt(policy -> characters(policy.json())).sum();
    }

    /// The characters of a policy that count towards a limit.
    static int characters(String json) {
        return Math.toIntExact(json.chars().filter(character -> !Character.isWhitespace(character)).count());
    }
}
