package bellframe.credentials;

import java.util.SequencedMap;

/// Tells the tags that `aws:ResourceTag` is of.
@FunctionalInterface
public interface ResourceTags {

    /// The tags of what has this ARN; none if nothing has.
    SequencedMap<String, String> of(String arn);
}
