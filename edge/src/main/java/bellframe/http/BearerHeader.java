package bellframe.http;

import bellframe.api.ValuePattern;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;

/// The header that names the user or bot on whose behalf a request is made.
final class BearerHeader {

    static final String NAME = "x-amz-chime-bearer";

    private static final String RESOURCE = "app-instance/";
    private static final int RESOURCE_CODE_POINTS_MAX = 1_024;

    /// `arn:partition:chime:region:account:app-instance/id/user/id`, each part as long as the models' ChimeArn allows, so
    /// that the models' own check of the member never finds anything, which would be answered differently. Each kind has one of
    /// its own, since no value is plain to an expression with alternatives.
    private static final ValuePattern USER = shape("user");
    private static final ValuePattern BOT = shape("bot");

    private BearerHeader() {
    }

    /// Refuses a bearer that is absent, given twice, or no ARN of a user or bot; whether it exists is for the domain.
    static void check(List<String> values) {
        if (values.size() != 1 || !isWellFormed(values.getFirst())) {
            throw new Refused(Refusal.INVALID_BEARER);
        }
    }

    private static ValuePattern shape(String kind) {
        return new ValuePattern("arn:[a-z0-9.-]{1,63}:chime:[a-z0-9.-]{0,63}:[a-z0-9.-]{0,63}:" + RESOURCE + "[^/]+/"
                + kind + "/.+");
    }

    private static boolean isWellFormed(String arn) {
        return (USER.matches(arn) || BOT.matches(arn))
                && arn.codePointCount(arn.indexOf(RESOURCE), arn.length()) <= RESOURCE_CODE_POINTS_MAX;
    }
}
