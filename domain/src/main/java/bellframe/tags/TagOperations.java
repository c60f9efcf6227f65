package bellframe.tags;

import bellframe.api.messaging.ListTagsForResourceRequest;
import bellframe.api.messaging.ListTagsForResourceResponse;
import bellframe.api.messaging.Tag;
import bellframe.api.messaging.TagResourceRequest;
import bellframe.api.messaging.UntagResourceRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The operations on tags. Messaging and identity share them, as they share the path.
public final class TagOperations {

    private final Tags tags;
    private final Predicate<String> exists;

    /// @param exists whether an ARN is that of a resource which can have tags
    public TagOperations(Tags tags, Predicate<String> exists) {
        this.tags = tags;
        this.exists = exists;
    }

    public void tag(TagResourceRequest request) {
        var added = new LinkedHashMap<String, String>();
        request.tags().forEach(tag -> added.put(tag.key(), tag.value()));
        tag(request.resourceARN(), added);
    }

    public void tag(bellframe.api.identity.TagResourceRequest request) {
        var added = new LinkedHashMap<String, String>();
        request.tags().forEach(tag -> added.put(tag.key(), tag.value()));
        tag(request.resourceARN(), added);
    }

    public void untag(UntagResourceRequest request) {
        untag(request.resourceARN(), request.tagKeys());
    }

    public void untag(bellframe.api.identity.UntagResourceRequest request) {
        untag(request.resourceARN(), request.tagKeys());
    }

    public ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
        return new ListTagsForResourceResponse(of(request.resourceARN()).entrySet()
                .stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList());
    }

    public bellframe.api.identity.ListTagsForResourceResponse list(
            bellframe.api.identity.ListTagsForResourceRequest request) {
        return new bellframe.api.identity.ListTagsForResourceResponse(of(request.resourceARN()).entrySet()
                .stream()
                .map(tag -> new bellframe.api.identity.Tag(tag.getKey(), tag.getValue()))
                .toList());
    }

    private void tag(String resourceArn, Map<String, String> added) {
        requireExists(resourceArn);
        tags.add(resourceArn, added);
        // A resource deleted meanwhile may have been purged without these; a later one of its ARN must not inherit them.
        if (!exists.test(resourceArn)) {
            tags.remove(resourceArn, added.keySet());
        }
    }

    private void untag(String resourceArn, List<String> keys) {
        requireExists(resourceArn);
        tags.remove(resourceArn, keys);
    }

    private Map<String, String> of(String resourceArn) {
        requireExists(resourceArn);
        return tags.of(resourceArn);
    }

    private void requireExists(String resourceArn) {
        if (!exists.test(resourceArn)) {
            throw new Refused(Refusal.NOT_ALLOWED, "The resource does not exist.");
        }
    }
}
