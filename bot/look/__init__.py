"""How the chat looks: colours that can be read by everybody, corners, font and place."""
