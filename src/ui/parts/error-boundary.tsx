import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';

interface ErrorBoundaryProps {
  /** What it was, for the message: `The editor`. */
  readonly name: string;
  readonly children: ReactNode;
}

/** Keeps a failure within one pane: the rest of the page goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly message: string | undefined }> {
  override state = { message: undefined };

  static getDerivedStateFromError(error: unknown): { readonly message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return (
      <div role="alert" style={{ padding: 20 }}>
        <p>
          {this.props.name} failed: {message}
        </p>
        <p>The cluster goes on. You can try again; nothing of it is lost.</p>
        <Button onClick={() => this.setState({ message: undefined })}>Try again</Button>
      </div>
    );
  }
}
