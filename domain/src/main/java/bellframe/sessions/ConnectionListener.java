package bellframe.sessions;

import bellframe.refusals.Refused;

/// What the wire tells the domain about connections.
public interface ConnectionListener {

    /// A client connected with a valid signature. Runs on a virtual thread and may block; when it returns, the
    /// connection has been handed its first event.
    ///
    /// @param principalArn the AWS principal that signed the connect request
    /// @throws Refused if this user may not connect; the wire then closes with [CloseReason#FORBIDDEN]
    void opened(Connection connection, String principalArn, ConnectRequest request);

    /// The connection is gone, whoever closed it; called once for every connection for which `opened` was called, also
    /// if that call failed. Must not block.
    void closed(Connection connection);
}
