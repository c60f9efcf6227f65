package bellframe.http;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import java.util.regex.Pattern;

/// The header that names the user or bot on whose behalf a request is made.
final class BearerHeader {

    static final String NAME = "x-amz-chime-bearer";

    /// `arn:partition:chime:region:account:app-instance/id/user/id`, each part as long as the models' ChimeArn allows, so
    /// that the models' own check of the member never finds anything, which would be answered differently.
    private static final Pattern SHAPE = Pattern.compile(
            "arn:[a-z0-9.-]{1,63}+:chime:[a-z0-9.-]{0,63}+:[a-z0-9.-]{0,63}+:(?=.{1,1024}+\\z)"
                    + "app-instance/[^/]++/(?:user|bot)/.++",
            Pattern.DOTALL);

    private BearerHeader() {
    }

    /// Refuses a bearer that is absent, given twice, or no ARN of a user or bot; whether it exists is for the domain.
    static void check(List<String> values) {
        if (values.size() != 1 || !isWellFormed(values.getFirst())) {
            throw new Refused(Refusal.INVALID_BEARER);
        }
    }

    private static boolean isWellFormed(String arn) {
        return SHAPE.matcher(arn).matches();
    }
}
