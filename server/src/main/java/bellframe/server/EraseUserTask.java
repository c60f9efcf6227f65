package bellframe.server;

import bellframe.names.UserArn;
import bellframe.server.folder.FolderUnusable;

/// Erases the user of an ARN: its name, whatever belongs to it, and everything it sent.
record EraseUserTask(Domain domain) implements OperatorRequests.Task {

    @Override
    public OperatorRequests.Done run(String arn) {
        UserArn user = UserArn.parse(arn)
                .filter(parsed -> parsed.kind() == UserArn.Kind.USER
                        && domain.appInstances().find(parsed.appInstance()) != null)
                .orElseThrow(() -> new FolderUnusable(
                        arn + " is not the ARN of a user in an app instance of this server", null));
        return OperatorRequests.Done.of("erased " + user + "; messages removed: " + domain.eraseUser(user));
    }
}
