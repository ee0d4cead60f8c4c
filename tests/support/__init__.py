"""What the tests share: throwaway databases, a scripted assistant, clients."""
