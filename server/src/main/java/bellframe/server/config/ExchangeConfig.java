package bellframe.server.config;

import bellframe.names.AppInstanceArn;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How tokens of an identity provider are exchanged for credentials. [Setting] says what each component means.
///
/// @param roleArn null if there is no exchange
public record ExchangeConfig(
        @Nullable String roleArn,
        @Nullable String provider,
        @Nullable String appInstance,
        String userClaim,
        Duration duration) {

    private static final Pattern ROLE = Pattern.compile("arn:aws:iam::[0-9]{12}:role/[!-~]{1,576}");
    private static final Pattern PROVIDER = Pattern.compile("https://[!-~]{1,255}");
    private static final Pattern CLAIM = Pattern.compile("[!-~]{1,128}");

    public ExchangeConfig {
        Setting.CREDENTIAL_EXCHANGE_ROLE.require(roleArn == null || ROLE.matcher(roleArn).matches(), roleArn);
        Setting.CREDENTIAL_EXCHANGE_PROVIDER
                .require(provider == null || PROVIDER.matcher(provider).matches(), provider);
        Setting.CREDENTIAL_EXCHANGE_APP_INSTANCE
                .require(appInstance == null || AppInstanceArn.parse(appInstance).isPresent(), appInstance);
        Setting.CREDENTIAL_EXCHANGE_USER_CLAIM.require(CLAIM.matcher(userClaim).matches(), userClaim);
        Setting.CREDENTIAL_EXCHANGE_DURATION.require(duration.compareTo(Duration.ofMinutes(15)) >= 0
                && duration.compareTo(Duration.ofHours(12)) <= 0, TimeSpan.format(duration));
        if ((roleArn == null) != (provider == null)) {
            throw new InvalidConfig(
                    "credentialExchangeRole and credentialExchangeProvider go together: set both or neither");
        }
    }
}
