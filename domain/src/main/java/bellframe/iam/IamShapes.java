package bellframe.iam;

import bellframe.api.iam.StatusType;
import bellframe.api.iam.Tag;
import bellframe.api.iam.User;
import bellframe.api.iam.Role;
import bellframe.limits.Limit;
import bellframe.policy.PolicyDocument;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Our records in the shapes of IAM's API.
final class IamShapes {

    private static final int PAGE_ITEMS = 100;
    private static final String ROOT_PATH = "/";

    private IamShapes() {
    }

    static User user(IamUser user, boolean withTags) {
        return User.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(user.created())
                .tags(withTags ? tags(user.attachments().tags()) : null)
                .build();
    }

    static Role role(IamRole role, boolean withTags) {
        return Role.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(role.created())
                .assumeRolePolicyDocument(document(role.trust()))
                .description(role.description())
                .maxSessionDuration(Math.toIntExact(role.maxSession().toSeconds()))
                .tags(withTags ? tags(role.attachments().tags()) : null)
                .build();
    }

    /// IAM answers policies percent-encoded.
    static String document(PolicyDocument policy) {
        return URLEncoder.encode(policy.json(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    static StatusType status(boolean active) {
        return active ? StatusType.ACTIVE : StatusType.INACTIVE;
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream().map(tag -> new Tag(tag.getKey(), tag.getValue())).toList();
    }

    /// The tags of a request; of two with the same key in any case the last counts.
    static Map<String, String> tags(@Nullable List<Tag> tags) {
        var byKey = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (tags != null) {
            tags.forEach(tag -> byKey.put(tag.key(), tag.value()));
        }
        return new LinkedHashMap<>(byKey);
    }

    static String path(@Nullable String path) {
        return path == null ? ROOT_PATH : path;
    }

    static int pageItems(@Nullable Integer maxItems) {
        return maxItems == null ? PAGE_ITEMS : maxItems;
    }

    /// A page of names in order, behind the last one of the page before.
    ///
    /// @param list the name of the list, which its markers are good for
    static <T> Page<Map.Entry<String, T>> page(NavigableMap<String, T> all, PageTokens markers, String list,
            @Nullable String marker, @Nullable Integer maxItems) {
        byte[] cursor = markers.open(list, marker);
        NavigableMap<String, T> rest = cursor == null
                ? all
                : all.tailMap(new String(cursor, StandardCharsets.UTF_8), false);
        List<Map.Entry<String, T>> items = rest.entrySet().stream().limit(pageItems(maxItems)).toList();
        return new Page<>(items, items.size() == rest.size()
                ? null
                : items.getLast().getKey().getBytes(StandardCharsets.UTF_8));
    }

    static void requireRoom(Attachments attachments) {
        Limit.IAM_TAGS.requireAtMost(attachments.tags().size(), "TagsPerResource");
    }
}
