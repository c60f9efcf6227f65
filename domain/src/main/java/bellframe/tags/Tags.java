package bellframe.tags;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Table;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Keeps the tags of resources.
public final class Tags {

    private Tags() {
    }

    /// Adds the writing of a resource's tags to a batch. Their partition is named by the ARN alone.
    public static void record(Batch batch, String resourceArn, Map<String, String> tags) {
        tags.forEach((key, value) -> batch.put(Table.TAGS, Key.of(resourceArn), Key.of(key),
                value.getBytes(StandardCharsets.UTF_8)));
    }
}
