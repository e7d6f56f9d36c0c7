"""`python -m ejlas` is the ejlas command."""

from ejlas.cli.main import main

if __name__ == "__main__":
    main()
