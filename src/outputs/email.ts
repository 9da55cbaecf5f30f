import { alertPage } from './alert-html.ts';
import { messageTitle } from './alert-message.ts';
import { alertText } from './alert-text.ts';
import { DeliveryError, type Output } from './output.ts';

export interface EmailSettings {
  name: string;
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  user: string | null;
  password: string | null;
  /** PEM text of the authority that vouches for the server, where it is none of those that Node knows. */
  authority: string | null;
  from: string;
  to: readonly string[];
}

const timeoutMs = 30_000;

/**
 * A mail with text and HTML. Its Message-ID is the same when a message is sent again. Refusals with a code from 500 are final (RFC 5321,
 * 4.2.1), everything else may be tried again.
 */
export function emailOutput(settings: EmailSettings): Output {
  const { name, host, port, security, user, password, authority, from, to } = settings;
  return {
    name,
    type: 'email',
    shows: 0,
    deliver: async (message) => {
      const { default: nodemailer } = await import('nodemailer');
      const transport = nodemailer.createTransport({
        host,
        port,
        secure: security === 'tls',
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
        tls: { ...(authority === null ? {} : { ca: authority }) },
        ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        const { rejected } = await transport.sendMail({
          from,
          to: [...to],
          subject: messageTitle(message),
          messageId: `<${message.id}@${domainOf(from)}>`,
          text: alertText(message),
          html: alertPage(message),
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return rejected.length === 0
          ? null
          : `the server refused ${rejected.map(String).join(', ')}; the others have it`;
      } catch (error) {
        const { responseCode, message: said, code } = error as Error & { responseCode?: number; code?: string };
        const isFinal = code === 'EAUTH' || (responseCode !== undefined && responseCode >= 500);
        throw new DeliveryError(name, said, !isFinal, null, error);
      } finally {
        transport.close();
      }
    },
  };
}

const domainOf = (address: string): string => /@([^\s>@]+)>?\s*$/.exec(address)?.[1] ?? 'spillover.invalid';
