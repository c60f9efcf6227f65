package bellframe.identity;

import bellframe.names.Identity;
import bellframe.names.UserArn;
import org.jspecify.annotations.Nullable;

/// The user or bot on whose behalf a messaging operation is called.
public record Bearer(UserArn arn, @Nullable String name) {

    public Identity identity() {
        return new Identity(arn.toString(), name);
    }

    @Override
    public String toString() {
        return arn.toString();
    }
}
