package bellframe.identity;

import bellframe.names.Identity;
import bellframe.names.UserArn;

/// The user on whose behalf a messaging operation is called.
public record Bearer(UserArn arn, String name) {

    public Identity identity() {
        return new Identity(arn.toString(), name);
    }

    @Override
    public String toString() {
        return arn.toString();
    }
}
