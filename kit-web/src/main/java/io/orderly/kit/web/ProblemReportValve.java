package io.orderly.kit.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

/**
 * Responds with a problem to requests that Tomcat refuses before they reach the application, such as one with a malformed
 * request line.
 */
final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String detail = status == HttpServletResponse.SC_BAD_REQUEST ? "The request is not valid HTTP." : null;
        try {
            Problem.ofStatus(HttpStatusCode.valueOf(status), detail).writeTo(response);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            log.debug("could not report a {} to the client", status, e);
        }
    }
}
