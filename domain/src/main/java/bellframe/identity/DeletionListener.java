package bellframe.identity;

import bellframe.names.AppInstanceArn;
import bellframe.names.UserArn;

/// Hears that someone or something with rows elsewhere is gone. Called on the thread of the request, after the fact is
/// durable; may be called again for the same deletion after a crash.
public interface DeletionListener {

    void userDeleted(UserArn user);

    void appInstanceDeleted(AppInstanceArn appInstance);
}
