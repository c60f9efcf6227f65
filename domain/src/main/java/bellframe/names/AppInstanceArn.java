package bellframe.names;

import java.util.Optional;

/// `arn:aws:chime:<region>:<account>:app-instance/<id>`. Comparison is exact and case-sensitive.
public record AppInstanceArn(Account account, String id) {

    private static final String PREFIX = "arn:aws:chime:";
    private static final String RESOURCE = "app-instance/";

    /// Empty if the text is not exactly an app instance's ARN.
    public static Optional<AppInstanceArn> parse(String text) {
        return ResourcePath.parse(text).filter(ResourcePath::isAppInstance).map(ResourcePath::appInstance);
    }

    /// The app instance that an ARN is of or lies in; empty if the text is no such ARN.
    public static Optional<AppInstanceArn> containing(String text) {
        return ResourcePath.parse(text).map(ResourcePath::appInstance);
    }

    @Override
    public String toString() {
        return PREFIX + account.region() + ':' + account.id() + ':' + RESOURCE + id;
    }

    /// What stands behind `app-instance/`: the app instance's id alone, or a kind and an id below it.
    ///
    /// @param kind `user`, `bot`, `channel`; empty for the app instance itself
    record ResourcePath(AppInstanceArn appInstance, String kind, String id) {

        boolean isAppInstance() {
            return kind.isEmpty();
        }

        /// Splits at the first five colons only, since ids may contain colons, and then at slashes.
        static Optional<ResourcePath> parse(String text) {
            if (!text.startsWith(PREFIX)) {
                return Optional.empty();
            }
            int regionEnd = text.indexOf(':', PREFIX.length());
            int accountEnd = regionEnd < 0 ? -1 : text.indexOf(':', regionEnd + 1);
            if (accountEnd < 0 || !text.startsWith(RESOURCE, accountEnd + 1)) {
                return Optional.empty();
            }
            var account = new Account(text.substring(regionEnd + 1, accountEnd),
                    text.substring(PREFIX.length(), regionEnd));
            return parse(account, text.substring(accountEnd + 1 + RESOURCE.length()));
        }

        private static Optional<ResourcePath> parse(Account account, String path) {
            int idEnd = path.indexOf('/');
            if (idEnd < 0) {
                return path.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ResourcePath(new AppInstanceArn(account, path), "", ""));
            }
            int kindEnd = path.indexOf('/', idEnd + 1);
            String id = kindEnd < 0 ? "" : path.substring(kindEnd + 1);
            // An empty kind would pass for the app instance itself.
            if (idEnd == 0 || kindEnd == idEnd + 1 || id.isEmpty() || id.indexOf('/') >= 0) {
                return Optional.empty();
            }
            var appInstance = new AppInstanceArn(account, path.substring(0, idEnd));
            return Optional.of(new ResourcePath(appInstance, path.substring(idEnd + 1, kindEnd), id));
        }
    }
}
